import type { ComponentChildren } from 'preact';
import type { OperatorOrder } from '../../../contracts/operations';
import { country, date, price } from '../english';
import { languageWords, paymentWords, shipmentWords } from './operatorWords';

/** Whose order it is, and how far money and parcels are. */
export function Facts({ order }: { order: OperatorOrder }) {
  const { orderId, createdAt, updatedAt, customerId, email, language, shippingAddress: to, shipment, action } = order;
  return (
    <dl class="facts">
      <Fact name="Order">
        <code>{orderId}</code>
      </Fact>
      <Fact name="Placed">{date(createdAt)}</Fact>
      <Fact name="Changed last">{date(updatedAt)}</Fact>
      <Fact name="Customer">
        <code>{customerId}</code>
      </Fact>
      <Fact name="Mails go to">{email ?? <span class="faint">the address that the customer signed up with</span>}</Fact>
      <Fact name="Mails are in">{languageWords[language]}</Fact>
      <Fact name="Address">
        <address>
          {[to.name, to.line1, to.line2, `${to.postalCode} ${to.city}`, to.region, country(to.country)].map((line, index) => line && <div key={index}>{line}</div>)}
        </address>
      </Fact>
      <Fact name="Payment">
        <Payment order={order} />
        {action && <div>The customer has until {date(action.before)} to confirm it.</div>}
      </Fact>
      <Fact name="Shipment">
        {shipment ? (
          <>
            {shipmentWords[shipment.status]}, <code>{shipment.trackingNumber}</code>
          </>
        ) : (
          <span class="faint">None booked</span>
        )}
      </Fact>
    </dl>
  );
}

function Payment({ order: { payment, total } }: { order: OperatorOrder }) {
  const { status, captured, refunded, declineCode, intentId } = payment;
  const amount = status === 'CAPTURED' ? captured : total;
  return (
    <>
      <div>
        {paymentWords[status]}: {price(amount)}
        {refunded.amount > 0 && `, of which ${price(refunded)} was given back`}
        {declineCode && `, since the bank says ${declineCode}`}
      </div>
      {intentId && (
        <div>
          <code>{intentId}</code>
        </div>
      )}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
