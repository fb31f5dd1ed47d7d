import './operators.css';

const PAGES = [
  { name: 'Orders', address: '/operators/orders' },
  { name: 'Numbers', address: '/operators/numbers' },
] as const;

/** The way from each operators' page to the others. */
export function OperatorsNavigation({ here }: { here: (typeof PAGES)[number]['name'] }) {
  return (
    <nav class="operators" aria-label="Operators">
      {PAGES.map(({ name, address }) => (
        <a key={name} href={address} aria-current={name === here ? 'page' : undefined}>
          {name}
        </a>
      ))}
    </nav>
  );
}
