export { remove as default } from './sharedAssembly';
