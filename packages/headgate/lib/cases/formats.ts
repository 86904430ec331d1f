import ipaddr from 'ipaddr.js';

/** Whether a text is an IPv4 address of four parts or an IPv6 address without a zone. */
export function isAddress(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || (ipaddr.IPv6.isValid(text) && !text.includes('%'));
}

/** Whether a text has the form of a Region's name, such as `us-east-1`. */
export function isRegion(text: string): boolean {
  return /^[a-z]{2,6}(-[a-z]{2,12}){1,2}-\d{1,2}$/.test(text);
}

/** Whether a text has the form of a country's code, such as `DE`. */
export function isCountry(text: string): boolean {
  return /^[A-Za-z]{2}$/.test(text);
}
