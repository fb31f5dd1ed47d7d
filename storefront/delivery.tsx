import { SHIPPING, type Shipping } from '../contracts/shipping';
import { deliveryWords } from './deliveryWords';
import { LANGUAGE, price, shippingCountries } from './words';

/** Where to the shop ships, and for how much: as a quote will say it. */
export function Delivery() {
  return (
    <section class="delivery" aria-label={deliveryWords.title}>
      <h2>{deliveryWords.title}</h2>
      <dl class="facts">
        {zones.map(({ fee, freeFrom, names }) => (
          <div key={fee}>
            <dt>{price(euros(fee))}</dt>
            <dd>{deliveryWords.freeFrom(names, price(euros(freeFrom)))}</dd>
          </div>
        ))}
      </dl>
      <p class="faint">{deliveryWords.beforeTax}</p>
    </section>
  );
}

const euros = (amount: number) => ({ amount, currency: 'EUR' });

const byCode = new Map<string, Shipping>(Object.entries(SHIPPING));
const list = new Intl.ListFormat(LANGUAGE, { type: 'conjunction' });

/** Countries that cost the same, the cheapest first. */
const zones = [...new Set(byCode.values())]
  .sort((one, other) => one.fee - other.fee)
  .map((zone) => ({ ...zone, names: list.format(shippingCountries.filter(({ code }) => byCode.get(code) === zone).map(({ name }) => name)) }));
