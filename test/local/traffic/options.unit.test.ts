import { parseOptions } from '../../../local/cli/options';
import { DEFAULT_SHOPPERS } from '../../../local/traffic/traffic';

class Ended extends Error {}

/** What the command says when it ends itself. */
function refusal(...argv: string[]): string {
  const said: string[] = [];
  const exit = jest.spyOn(process, 'exit').mockImplementation(() => {
    throw new Ended();
  });
  const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  try {
    expect(() => parseOptions(argv)).toThrow(Ended);
  } finally {
    exit.mockRestore();
    write.mockRestore();
  }
  return said.join('');
}

test('nobody comes unless they are asked for', () => {
  expect(parseOptions([]).traffic).toBeUndefined();
});

test.each([
  [['--traffic'], DEFAULT_SHOPPERS, 'Dev'],
  [['--traffic', '--approve'], DEFAULT_SHOPPERS, 'Dev'],
  [['--traffic', '12'], 12, 'Dev'],
  [['--traffic-site', 'Staging'], DEFAULT_SHOPPERS, 'Staging'],
  [['--traffic-site', 'Prod', '--traffic', '2'], 2, 'Prod'],
])('%j are so many shoppers at this site: %i, %s', (argv, traffic, trafficSite) => {
  expect(parseOptions(argv)).toMatchObject({ traffic, trafficSite });
});

test.each([
  [['--traffic', '0'], 'Shoppers are a number from 1 to 15.'],
  [['--traffic', '16'], 'Shoppers are a number from 1 to 15.'],
  [['--traffic', 'many'], 'Shoppers are a number from 1 to 15.'],
  [['--traffic-site', 'https://shop.example.com'], 'Allowed choices are Dev, Staging, Prod.'],
  [['--traffic', '--app', 'test/local/codepipeline/apps/waves'], "this project's own shop"],
])('%j is refused with what is right', (argv, words) => {
  expect(refusal(...argv)).toContain(words);
});
