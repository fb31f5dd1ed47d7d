import picocolors from 'picocolors';

/** Colours on a terminal only: what is piped, or read by CI, stays plain text. */
export const colours = picocolors.createColors(process.stdout.isTTY ? picocolors.isColorSupported : false);
