/** Whether a text has the form of a Region's name, such as `us-east-1`. */
export function isRegion(text: string): boolean {
  return /^[a-z]{2,6}(-[a-z]{2,12}){1,2}-\d{1,2}$/.test(text);
}
