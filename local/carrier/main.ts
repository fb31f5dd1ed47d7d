import { runSandbox } from '../sandbox/command';
import { CarrierSandbox } from './carrierSandbox';

void runSandbox({
  name: 'carrier',
  description: 'A carrier on one machine: takes shipments and moves them on by itself.',
  make: (store, onWorked) => new CarrierSandbox({ store, onWorked }),
});
