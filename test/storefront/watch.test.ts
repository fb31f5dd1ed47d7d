import { type Tab, watch } from '../../storefront/watch';

class FakeTab extends EventTarget implements Tab {
  hidden = false;
  turn(hidden: boolean): void {
    this.hidden = hidden;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

let tab: FakeTab;
let looks: number;
let pause: number | undefined;
const look = async () => {
  looks++;
  return pause;
};

beforeEach(() => {
  jest.useFakeTimers();
  tab = new FakeTab();
  looks = 0;
  pause = 1_000;
});

afterEach(() => jest.useRealTimers());

test('it looks at once and then as often as each look asks for', async () => {
  watch(look, tab);
  expect(looks).toBe(1);
  await jest.advanceTimersByTimeAsync(2_000);
  expect(looks).toBe(3);
  pause = 15_000;
  await jest.advanceTimersByTimeAsync(1_000);
  await jest.advanceTimersByTimeAsync(14_999);
  expect(looks).toBe(4);
});

test('it is over when a look says so, until it is asked to look again', async () => {
  pause = undefined;
  const watching = watch(look, tab);
  await jest.advanceTimersByTimeAsync(60_000);
  tab.turn(true);
  tab.turn(false);
  expect(looks).toBe(1);
  watching.now();
  expect(looks).toBe(2);
});

test('nobody sees the tab: it does not look, and looks at once when somebody does again', async () => {
  watch(look, tab);
  await jest.advanceTimersByTimeAsync(0);
  tab.turn(true);
  await jest.advanceTimersByTimeAsync(60_000);
  expect(looks).toBe(1);
  tab.turn(false);
  expect(looks).toBe(2);
});

test('a tab that is opened in the background does not look before it is seen', async () => {
  tab.hidden = true;
  watch(look, tab);
  expect(looks).toBe(0);
  tab.turn(false);
  expect(looks).toBe(1);
});

test('whoever asks to look again while a look is under way gets another one after it, not one beside it', async () => {
  const answers: (() => void)[] = [];
  const watching = watch(() => new Promise((resolve) => answers.push(() => resolve(undefined))), tab);
  watching.now();
  expect(answers).toHaveLength(1);
  answers[0]?.();
  await jest.advanceTimersByTimeAsync(0);
  expect(answers).toHaveLength(2);
});

test('what was stopped never looks again', async () => {
  const watching = watch(look, tab);
  await jest.advanceTimersByTimeAsync(0);
  watching.stop();
  await jest.advanceTimersByTimeAsync(60_000);
  tab.turn(false);
  watching.now();
  expect(looks).toBe(1);
});
