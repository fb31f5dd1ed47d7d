import { runSandbox } from '../sandbox/command';
import { PaymentSandbox } from './paymentSandbox';

void runSandbox({
  name: 'payment',
  description: 'A payment provider on one machine that speaks the Stripe API.',
  make: (store, onWorked) => new PaymentSandbox({ store, onWorked }),
});
