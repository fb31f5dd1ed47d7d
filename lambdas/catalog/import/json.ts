import { UnreadableFile } from './rows';
import type { RawRow } from './rows';
import { utf8Text } from './text';

/** Far more than the longest product takes; a file with its quotes in disorder must not be read into one row. */
const LONGEST_ROW = 100_000;

/**
 * Rows of a JSON file that is one list of products, element by element, so that a broken element costs nothing but
 * itself as long as its quotes and brackets match.
 * @throws UnreadableFile where the file is no list, ends too early or is not in UTF-8
 */
export async function* jsonRows(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<RawRow> {
  const list = new ListScanner();
  for await (const text of utf8Text(bytes)) {
    for (const character of text) {
      const element = list.take(character);
      if (element) yield parsed(element);
    }
  }
  list.end();
}

interface Element {
  readonly line: number;
  readonly text: string;
}

function parsed({ line, text }: Element): RawRow {
  try {
    return { line, value: JSON.parse(text) };
  } catch (error) {
    return { line, fault: `is not valid JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** Cuts the text of a JSON list into the texts of its elements without understanding them. */
class ListScanner {
  #state: 'before' | 'inside' | 'after' = 'before';
  #line = 1;
  #begin = 1;
  #element = '';
  #depth = 0;
  #quoted = false;
  #escaped = false;

  take(character: string): Element | undefined {
    if (character === '\n') this.#line += 1;
    if (this.#state === 'inside') return this.#inside(character);
    if (/\s/.test(character)) return undefined;
    if (this.#state === 'after' || character !== '[') throw new UnreadableFile(this.#line, 'the file must be one JSON list of products');
    this.#state = 'inside';
    return undefined;
  }

  /** @throws UnreadableFile when the list has not ended */
  end(): void {
    if (this.#state !== 'after') throw new UnreadableFile(this.#begin, 'the file ends within its list of products');
  }

  #inside(character: string): Element | undefined {
    const top = this.#depth === 0 && !this.#quoted;
    if (top && (character === ',' || character === ']')) {
      if (character === ']') this.#state = 'after';
      return this.#cut();
    }
    if (this.#element === '') {
      if (/\s/.test(character)) return undefined;
      this.#begin = this.#line;
    }
    this.#element += character;
    if (this.#element.length > LONGEST_ROW) throw new UnreadableFile(this.#begin, 'is longer than any product: are its quotes and brackets closed?');
    this.#follow(character);
    return undefined;
  }

  #follow(character: string): void {
    if (this.#escaped) this.#escaped = false;
    else if (this.#quoted && character === '\\') this.#escaped = true;
    else if (character === '"') this.#quoted = !this.#quoted;
    else if (!this.#quoted && (character === '{' || character === '[')) this.#depth += 1;
    else if (!this.#quoted && (character === '}' || character === ']')) this.#depth -= 1;
  }

  #cut(): Element | undefined {
    const text = this.#element;
    this.#element = '';
    return text === '' ? undefined : { line: this.#begin, text };
  }
}
