import * as z from 'zod/mini';
import { ClickEvent } from '../../contracts/click';
import { storedSchema } from '../../contracts/derived/fields';
import { breaks } from '../../contracts/released/compatibility';
import { lastReleased, storedEvents, STORED_EVENTS } from '../../contracts/released/events';

it.each(storedEvents)('keeps %s readable for those who read what is stored', (event) => {
  expect(breaks(lastReleased(event), storedSchema(STORED_EVENTS[event]))).toEqual([]);
});

const released = storedSchema(ClickEvent);
const changed = (shape: z.core.$ZodShape, ...without: (keyof typeof ClickEvent.shape)[]): string[] => {
  const kept = Object.fromEntries(Object.entries(ClickEvent.shape).filter(([name]) => !without.some((gone) => gone === name)));
  return breaks(released, storedSchema(z.object({ ...kept, ...shape })));
};

it('lets an optional member be added, a list of values grow and a limit rise', () => {
  expect(changed({ campaign: z.optional(z.string()), type: z.enum([...ClickEvent.shape.type.options, 'Hover']), page: z.string().check(z.maxLength(600)) })).toEqual([]);
});

it.each([
  ['removed', changed({}, 'page'), ['page is gone']],
  ['renamed', changed({ path: z.string() }, 'page'), ['page is gone', 'path is required and stored events may lack it']],
  ['retyped', changed({ quantity: z.optional(z.string()) }), ['quantity was integer and is string']],
  ['given another format', changed({ sessionId: z.string() }), ['sessionId was a uuid and is string']],
  ['newly required', changed({ productId: ClickEvent.shape.productId.def.innerType }), ['productId is required and stored events may lack it']],
  ['no longer there each time', changed({ page: z.optional(ClickEvent.shape.page) }), ['page was always there and is optional']],
  ['robbed of a value', changed({ type: z.enum(['View', 'AddToCart', 'UpdateQuantity', 'ViewCart', 'StartCheckout', 'Purchase', 'Search', 'RecommendationClicked']) }), ['type can no longer be "RecommendationShown"']],
  ['limited more closely', changed({ page: z.string().check(z.maxLength(100)) }), ['page had the maxLength 500 and has 100']],
  ['changed further in', changed({ price: z.optional(z.object({ amount: z.string(), currency: z.literal('EUR') })) }), ['price.amount was integer and is string']],
])('notices a member that is %s', (_, found, expected) => {
  expect(found).toEqual(expected);
});
