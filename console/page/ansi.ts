import Anser from 'anser';

/** A part of a line that looks the same throughout: its text, and classes of `log.css`. */
export interface Piece {
  text: string;
  classes?: string;
}

/** The escape character begins what programs write for a terminal and nobody wants to read. */
/* oxlint-disable no-control-regex */
const LINKS = /\u001B\][^\u0007\u001B]*(?:\u0007|\u001B\\)/g;
const MOVEMENTS = /\u001B(?:\[[\d;?<=>!]*[ -/]*[@-ln-~]|[()][\dA-Za-z]|[^[\]()])/g;
/* oxlint-enable no-control-regex */

/** Paints the lines of one log, one after the other: as on a terminal, a colour stays until it is taken back. */
export function painter(): (line: string) => Piece[] {
  const terminal = new Anser();
  let plain = true;
  return (line) => {
    const text = overwritten(line).replace(LINKS, '').replace(MOVEMENTS, '');
    if (plain && !text.includes('\u001B')) return text === '' ? [] : [{ text }];
    const [before = '', ...coded] = text.split('\u001B[');
    const pieces: Piece[] = [];
    // Code 10 is the ordinary font: it changes nothing, and gives the line's beginning the colour that is left from before.
    for (const chunk of [`10m${before}`, ...coded]) {
      const entry = terminal.processChunk(chunk, { json: true, use_classes: true }, true);
      // Read at once: the list of decorations is the terminal's own, and changes with the next code.
      const classes = classesOf(entry);
      plain = classes === undefined;
      if (entry.content !== '') pieces.push(classes === undefined ? { text: entry.content } : { text: entry.content, classes });
    }
    return pieces;
  };
}

/** A carriage return goes back to the line's beginning: of a progress bar that was drawn many times, the last one is there. */
const overwritten = (line: string): string => line.replace(/\r+$/, '').replace(/^.*\r/s, '');

function classesOf({ fg, bg, fg_truecolor, bg_truecolor, decorations }: Anser.AnserJsonEntry): string | undefined {
  // On a ground of its own, text has the one colour that is readable there.
  const colour = bg ? `on-${nameOf(bg, bg_truecolor)}` : fg ? `ansi-${nameOf(fg, fg_truecolor)}` : undefined;
  const classes = [...(colour ? [colour] : []), ...new Set(decorations)];
  return classes.length > 0 ? classes.join(' ') : undefined;
}

/**
 * Of all colours that a terminal has, those that are readable by day and by night have a name here; black and white are
 * the page's own ink, whichever that is.
 */
const NAMES = ['ink', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'ink'];

function nameOf(colour: string, truecolour: string): string {
  if (colour === 'ansi-truecolor') return nearest(truecolour.split(',').map(Number));
  const index = /^ansi-palette-(\d+)$/.exec(colour)?.[1];
  if (index !== undefined) return nearest(paletteColour(Number(index)));
  const name = colour.replace(/^ansi-(bright-)?/, '');
  if (name === 'black') return colour === 'ansi-bright-black' ? 'grey' : 'ink';
  return name === 'white' ? 'ink' : name;
}

const LEVELS = [0, 95, 135, 175, 215, 255];

/** 16 to 231 are a cube of colours, the rest are greys: https://en.wikipedia.org/wiki/ANSI_escape_code#8-bit */
function paletteColour(index: number): number[] {
  if (index >= 232) return [1, 1, 1].map(() => 8 + 10 * (index - 232));
  return [36, 6, 1].map((place) => LEVELS[Math.floor((index - 16) / place) % 6] ?? 0);
}

function nearest(channels: number[]): string {
  const [most, least] = [Math.max(...channels), Math.min(...channels)];
  if (most - least < 40) return most > 64 && most < 192 ? 'grey' : 'ink';
  const bits = channels.map((channel, place) => (channel > (most + least) / 2 ? 1 << place : 0));
  return NAMES[bits.reduce((sum, bit) => sum + bit, 0)] ?? 'ink';
}
