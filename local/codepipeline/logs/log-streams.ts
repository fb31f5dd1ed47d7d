import { closeSync, existsSync, mkdirSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { entriesOf } from '../store/files';

/** Where a stream is: account and region of its group, and both names. */
export interface StreamName {
  readonly account: string;
  readonly region: string;
  readonly group: string;
  readonly stream: string;
}

export interface LogEvent {
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly message: string;
}

/** A stream being written: lines appear to readers at once. */
export interface LogWriter {
  write(lines: readonly string[]): void;
  close(): void;
}

const chunk = 1_000_000;

/** Log streams as files that only grow: a line is `<milliseconds> <message>`. */
export class LogStreams {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Opens a stream for appending. */
  writer(name: StreamName): LogWriter {
    const file = this.#file(name);
    mkdirSync(path.dirname(file), { recursive: true });
    const descriptor = openSync(file, 'a');
    return {
      write: (lines) => {
        if (lines.length === 0) return;
        const now = Date.now();
        writeSync(descriptor, lines.map((line) => `${now} ${line.replaceAll('\n', ' ')}\n`).join(''));
      },
      close: () => closeSync(descriptor),
    };
  }

  /** Names of a region's groups that begin with a prefix. */
  groups(account: string, region: string, prefix: string): string[] {
    return entriesOf(path.join(this.#dir, account, region))
      .map((folder) => decodeURIComponent(path.basename(folder)))
      .filter((group) => group.startsWith(prefix));
  }

  /** A group's streams, oldest first. */
  streams(account: string, region: string, group: string): (StreamName & { readonly createdAt: number; readonly changedAt: number; readonly bytes: number })[] {
    return entriesOf(path.join(this.#dir, account, region, encodeURIComponent(group)))
      .map((file) => {
        const { birthtimeMs, mtimeMs, size } = statSync(file);
        const stream = decodeURIComponent(path.basename(file, '.log'));
        return { account, region, group, stream, createdAt: Math.floor(birthtimeMs), changedAt: Math.floor(mtimeMs), bytes: size };
      })
      .sort((a, b) => a.createdAt - b.createdAt);
  }

  exists(name: StreamName): boolean {
    return existsSync(this.#file(name));
  }

  /** Whole events from a byte offset on, up to a number of them or about 1 MB, and the offset behind the last. */
  readForward(name: StreamName, offset: number, limit: number): { events: LogEvent[]; next: number } {
    const text = this.#slice(name, offset, offset + chunk);
    const lines = text.split('\n').slice(0, -1).slice(0, limit);
    return { events: lines.map(parse), next: offset + bytes(lines) };
  }

  /** Whole events that end before a byte offset (the end of the stream when left out), and the offset of the first. */
  readBackward(name: StreamName, before: number | undefined, limit: number): { events: LogEvent[]; first: number; end: number } {
    const end = before ?? this.#size(name);
    const start = Math.max(0, end - chunk);
    const text = this.#slice(name, start, end);
    const whole = text.slice(start === 0 ? 0 : text.indexOf('\n') + 1, text.lastIndexOf('\n') + 1);
    const lines = whole.split('\n').slice(0, -1).slice(-limit);
    const unfinished = Buffer.byteLength(text.slice(text.lastIndexOf('\n') + 1));
    return { events: lines.map(parse), first: end - unfinished - bytes(lines), end: end - unfinished };
  }

  #size(name: StreamName): number {
    const file = this.#file(name);
    return existsSync(file) ? statSync(file).size : 0;
  }

  #slice(name: StreamName, from: number, to: number): string {
    const length = Math.max(0, Math.min(to, this.#size(name)) - from);
    if (length === 0) return '';
    const descriptor = openSync(this.#file(name), 'r');
    try {
      const buffer = Buffer.alloc(length);
      return buffer.subarray(0, readSync(descriptor, buffer, 0, length, from)).toString('utf8');
    } finally {
      closeSync(descriptor);
    }
  }

  #file({ account, region, group, stream }: StreamName): string {
    return path.join(this.#dir, account, region, encodeURIComponent(group), `${encodeURIComponent(stream)}.log`);
  }
}

const bytes = (lines: readonly string[]) => lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);

function parse(line: string): LogEvent {
  const space = line.indexOf(' ');
  return { timestamp: Number(line.slice(0, space)), message: line.slice(space + 1) };
}
