import { SHIPPING, type Shipping } from '../contracts/shipping';
import { useLanguage } from './words/language';

/** Where to the shop ships, and for how much: as a quote will say it. */
export function Delivery() {
  const { words: { delivery }, price, list, shippingCountries } = useLanguage();
  const names = (zone: Shipping): string => list(shippingCountries().filter(({ code }) => byCode.get(code) === zone).map(({ name }) => name));
  return (
    <section class="delivery" aria-label={delivery.title}>
      <h2>{delivery.title}</h2>
      <dl class="facts">
        {zones.map((zone) => (
          <div key={zone.fee}>
            <dt>{price(euros(zone.fee))}</dt>
            <dd>{delivery.freeFrom(names(zone), price(euros(zone.freeFrom)))}</dd>
          </div>
        ))}
      </dl>
      <p class="faint">{delivery.beforeTax}</p>
    </section>
  );
}

const euros = (amount: number) => ({ amount, currency: 'EUR' });

const byCode = new Map<string, Shipping>(Object.entries(SHIPPING));

/** Countries that cost the same, the cheapest first. */
const zones = [...new Set(byCode.values())].sort((one, other) => one.fee - other.fee);
