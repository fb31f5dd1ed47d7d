import type { BuildLog } from '../model';
import type { Piece } from './ansi';

/** A log's lines as they are shown, counted from 1. */
export interface Line {
  number: number;
  at: string;
  text: string;
  pieces: Piece[];
}

/** Lines are drawn so many at a time. What is out of sight costs the browser nothing, and a full block is never drawn anew. */
export const BLOCK = 200;

/** The blocks with what has been written since. A block that was full stays the very same. */
export function appended(blocks: readonly Line[][], events: BuildLog['events'], paint: (line: string) => Piece[]): Line[][] {
  const last = blocks.at(-1);
  const open = last && last.length < BLOCK ? last : [];
  const full = open.length > 0 ? blocks.slice(0, -1) : [...blocks];
  let number = full.length * BLOCK + open.length;
  const lines = [...open];
  for (const { at, text } of events) {
    for (const written of text.split('\n')) {
      const pieces = paint(written);
      number += 1;
      lines.push({ number, at, text: pieces.map((piece) => piece.text).join(''), pieces });
    }
  }
  for (let first = 0; first < lines.length; first += BLOCK) full.push(lines.slice(first, first + BLOCK));
  return full;
}

/** A place where what is searched for stands: from one character of a line to before another. */
export interface Match {
  line: number;
  from: number;
  to: number;
}

/** Every place where `sought` stands, in whatever case. */
export function search(blocks: readonly Line[][], sought: string): Match[] {
  if (sought === '') return [];
  const pattern = new RegExp(sought.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`), 'gi');
  return blocks.flatMap((lines) =>
    lines.flatMap(({ number, text }) => [...text.matchAll(pattern)].map(({ index, 0: found }) => ({ line: number, from: index, to: index + found.length }))),
  );
}

export interface MarkedPiece extends Piece {
  match?: Match;
}

/** A line's pieces, cut where a match begins or ends. */
export function marked(pieces: readonly Piece[], matches: readonly Match[]): MarkedPiece[] {
  const cuts = matches.flatMap(({ from, to }) => [from, to]);
  let start = 0;
  return pieces.flatMap(({ text, classes }) => {
    const from = start;
    start += text.length;
    const edges = [from, ...cuts.filter((cut) => cut > from && cut < start), start];
    return edges.slice(1).map((end, index) => {
      const begin = edges[index] ?? from;
      const match = matches.find((one) => one.from <= begin && end <= one.to);
      return { text: text.slice(begin - from, end - from), ...(classes && { classes }), ...(match && { match }) };
    });
  });
}
