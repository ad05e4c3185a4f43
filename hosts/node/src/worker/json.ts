// JSON that is put together from values and from documents that are JSON already.
//
// A document inside an answer is taken over as the text that it is: read and written anew, its numbers would lose digits.

/** A document inside an answer. */
export class Raw {
  constructor(readonly text: string) {}
}

/** What the module wrote is JSON; anything else is shown as the text it is. */
export function document(text: string): Raw | string {
  try {
    JSON.parse(text);
    return new Raw(text);
  } catch {
    return text;
  }
}

/** Like `JSON.stringify`, with documents as they are; a member that is undefined is left out. */
export function write(value: unknown): string {
  if (value instanceof Raw) return value.text;
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${write(member)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
