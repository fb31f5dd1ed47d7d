import { painter } from '../../console/page/ansi';

const E = '\u001B';
const paint = (...lines: string[]) => lines.map(painter());

test('text without codes is one piece, and an empty line none', () => {
  expect(paint('npm ci', '')).toEqual([[{ text: 'npm ci' }], []]);
});

test('colours and decorations become classes and leave no code in the text', () => {
  expect(paint(`${E}[32mgood${E}[0m and ${E}[1;31mbad${E}[22m still red${E}[39m.`)).toEqual([
    [{ text: 'good', classes: 'ansi-green' }, { text: ' and ' }, { text: 'bad', classes: 'ansi-red bold' }, { text: ' still red', classes: 'ansi-red' }, { text: '.' }],
  ]);
});

test('what comes later in a line does not change what came before', () => {
  expect(paint(`${E}[4mone${E}[1mtwo`)).toEqual([[{ text: 'one', classes: 'underline' }, { text: 'two', classes: 'underline bold' }]]);
});

test('a colour stays over the end of its line until it is taken back', () => {
  expect(paint(`${E}[31mError:`, 'at line 1', `at line 2${E}[0m`, 'done')).toEqual([
    [{ text: 'Error:', classes: 'ansi-red' }],
    [{ text: 'at line 1', classes: 'ansi-red' }],
    [{ text: 'at line 2', classes: 'ansi-red' }],
    [{ text: 'done' }],
  ]);
});

test.each([
  ['bright red', '91', 'ansi-red'],
  ['grey', '90', 'ansi-grey'],
  ['white, which nobody could read by day', '97', 'ansi-ink'],
  ['an orange of the palette', '38;5;208', 'ansi-yellow'],
  ['a grey of the palette', '38;5;244', 'ansi-grey'],
  ['a blue of the palette', '38;5;21', 'ansi-blue'],
  ['a violet of 16 million', '38;2;200;20;220', 'ansi-magenta'],
  ['a ground', '44', 'on-blue'],
  ['a ground with a colour', '30;42', 'on-green'],
  ['a reversed colour', '32;7', 'on-green'],
])('%s has a colour that can be read by day and by night', (_, code, classes) => {
  expect(paint(`${E}[${code}mx`)).toEqual([[{ text: 'x', classes }]]);
});

test('what moves the cursor, sets titles or makes links is not shown, and takes no colour away', () => {
  expect(paint(`${E}[2K${E}[1G${E}[31mred${E}[K still${E}(B`)).toEqual([[{ text: 'red still', classes: 'ansi-red' }]]);
  expect(paint(`${E}]8;;https://example.com${E}\\a link${E}]8;;${E}\\`, `${E}]0;title\u0007text`)).toEqual([[{ text: 'a link' }], [{ text: 'text' }]]);
});

test('of a line that was written over, the last is shown', () => {
  expect(paint('10 %\r50 %\r100 %\r')).toEqual([[{ text: '100 %' }]]);
});

test('a code that was cut off takes nothing of the text', () => {
  expect(paint(`text${E}[3`).flat().map(({ text }) => text).join('')).toBe('text3');
  expect(paint(E)).toEqual([[{ text: E }]]);
});
