import { wayTo } from '../../console/page/route';

const names = (...route: string[]) => wayTo(route).map(({ name }) => name);

test.each([
  [[], ['Pipelines']],
  [['runs', 'Website'], ['Pipelines', 'Website']],
  [['runs', 'Website', '7c1f8f5e-0a4b'], ['Pipelines', 'Website', 'Run 7c1f8f5e']],
  [['runs', 'Website', '7c1f8f5e-0a4b', 'Dev'], ['Pipelines', 'Website', 'Run 7c1f8f5e']],
  [['runs', 'Website', '7c1f8f5e-0a4b', 'Dev', 'Shop'], ['Pipelines', 'Website', 'Run 7c1f8f5e', 'Dev / Shop']],
  [['runs', 'Website', '7c1f8f5e-0a4b', 'Dev', 'Shop', 'builds', 'Synth:1', 'L5'], ['Pipelines', 'Website', 'Run 7c1f8f5e', 'Dev / Shop', 'Log']],
  [['parts', 'gateway'], ['Pipelines', 'gateway']],
  [['nowhere'], ['Pipelines', 'Not found']],
])('the way to %j leads over each page above it', (route, way) => {
  expect(names(...route)).toEqual(way);
});

test('each page above an address has its own', () => {
  expect(wayTo(['runs', 'Web site', 'id', 'Dev', 'a/b', 'builds', 'x']).map(({ address }) => address)).toEqual(['#/', '#/runs/Web%20site', '#/runs/Web%20site/id', '#/runs/Web%20site/id/Dev/a%2Fb', '']);
});
