/** Something that only texts with certain beginnings can match; undefined: any text. */
export interface Prefixed {
  readonly prefixes: readonly string[] | undefined;
}

/**
 * Finds, among items in an order, those that a text may match by the literal beginnings of their patterns: a radix tree whose every node
 * holds the finished list of its candidates, so that a look-up walks the text once and makes nothing.
 */
export class PrefixIndex<T extends Prefixed> {
  private readonly root: Node<T>;

  constructor(items: readonly T[]) {
    this.root = treeOf(items, (item) => item.prefixes);
  }

  /** The items that a text may match, in their order: all others can't. */
  candidates(text: string): readonly T[] {
    let node = this.root;
    let at = 0;
    while (at < text.length) {
      const child = node.children.get(text.charCodeAt(at));
      if (child === undefined || !text.startsWith(child.label, at)) break;
      at += child.label.length;
      node = child;
    }
    return node.items;
  }
}

/** Something that only texts with certain ends can match; undefined: any text. */
export interface Suffixed {
  readonly suffixes: readonly string[] | undefined;
}

/** The same by the literal ends of patterns, such as `.example.com` of `*.example.com`. */
export class SuffixIndex<T extends Suffixed> {
  private readonly root: Node<T>;

  constructor(items: readonly T[], suffixesOf = (item: T) => item.suffixes) {
    this.root = treeOf(items, (item) => suffixesOf(item)?.map(reversed));
    this.root.reverse();
  }

  /** The items that a text may match, in their order. The same items are the same list, so that more can be kept for it. */
  candidates(text: string): readonly T[] {
    let node = this.root;
    let end = text.length;
    while (end > 0) {
      const child = node.children.get(text.charCodeAt(end - 1));
      if (child === undefined || !text.endsWith(child.label, end)) break;
      end -= child.label.length;
      node = child;
    }
    return node.items;
  }
}

function treeOf<T>(items: readonly T[], prefixesOf: (item: T) => readonly string[] | undefined): Node<T> {
  const root = new Node<T>('');
  items.forEach((item, order) => {
    for (const prefix of prefixesOf(item) ?? ['']) root.insert(prefix, order);
  });
  root.finish(items, new Set());
  return root;
}

class Node<T> {
  /** By the character that their labels begin with; once reversed, end with. */
  readonly children = new Map<number, Node<T>>();
  items: readonly T[] = [];
  private readonly orders: number[] = [];

  constructor(public label: string) {}

  insert(prefix: string, order: number): void {
    if (prefix === '') {
      this.orders.push(order);
      return;
    }
    const child = this.children.get(prefix.charCodeAt(0));
    if (child === undefined) {
      const leaf = new Node<T>(prefix);
      leaf.orders.push(order);
      this.children.set(prefix.charCodeAt(0), leaf);
      return;
    }
    const shared = sharedLength(child.label, prefix);
    const inner = shared === child.label.length ? child : this.split(child, shared);
    inner.insert(prefix.slice(shared), order);
  }

  /** Gives every node the items of the nodes above it too, in order and each once. */
  finish(all: readonly T[], inherited: ReadonlySet<number>): void {
    const orders = new Set([...inherited, ...this.orders]);
    this.items = [...orders].sort((one, other) => one - other).map((order) => all[order]!);
    for (const child of this.children.values()) child.finish(all, orders);
  }

  reverse(): void {
    this.label = reversed(this.label);
    for (const child of this.children.values()) child.reverse();
  }

  private split(child: Node<T>, length: number): Node<T> {
    const inner = new Node<T>(child.label.slice(0, length));
    this.children.set(inner.label.charCodeAt(0), inner);
    child.label = child.label.slice(length);
    inner.children.set(child.label.charCodeAt(0), child);
    return inner;
  }
}

function sharedLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && length < other.length && one[length] === other[length]) length++;
  return length;
}

/** By code units, as they are compared: a half of a character is a unit like any other. */
function reversed(text: string): string {
  return text.split('').reverse().join('');
}
