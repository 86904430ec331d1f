/**
 * Whether a text can be the name of a Region: it ends in a direction and a number, as `eu-west-1` does. Regions that are newer than this
 * package are named so too.
 */
export function isRegionName(text: string): boolean {
  return /^[a-z]{2,4}(-[a-z]{2,4})?-(central|east|west|(north|south)(east|west)?)-\d{1,2}$/.test(text);
}

/** Whether a text can be the number of an account. */
export function isAccountNumber(text: string): boolean {
  return /^\d{12}$/.test(text);
}
