/** Members of an order event by which a person could be found. No report needs to know who lives where, or how they are written to. */
const PERSONAL = new Set(['email', 'shippingAddress.name', 'shippingAddress.line1', 'shippingAddress.line2', 'shippingAddress.postalCode']);

export const isPersonal = (path: readonly string[]): boolean => PERSONAL.has(path.join('.'));
