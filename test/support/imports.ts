import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { parseSync } from '@swc/core';

const ROOT = join(__dirname, '..', '..');

/** What a file of the tree imports: its path from the root, and each import as it is written. */
export type Graph = Record<string, string[]>;

/** Every module that a source names: import, export … from, import(), require(), and the types of import('…'). */
export function importsOf(source: string): string[] {
  return namedIn(parseSync(source, { syntax: 'typescript' }));
}

/** A node of the syntax tree, as far as imports are concerned. */
interface SyntaxNode {
  readonly type?: string;
  readonly value?: string;
  readonly source?: SyntaxNode;
  readonly argument?: SyntaxNode;
  readonly expression?: SyntaxNode;
  readonly callee?: SyntaxNode;
  readonly arguments?: SyntaxNode[];
}

function namedIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { type, source, argument, expression, callee, arguments: given }: SyntaxNode = node;
  const calls = callee?.type === 'Import' || callee?.value === 'require';
  const named = {
    ImportDeclaration: source,
    ExportAllDeclaration: source,
    ExportNamedDeclaration: source,
    TsImportType: argument,
    TsExternalModuleReference: expression,
    CallExpression: calls ? given?.[0]?.expression : undefined,
  }[type as string];
  const here = named?.type === 'StringLiteral' ? [named.value!] : [];
  return [...here, ...Object.values(node).flatMap(namedIn)];
}

function filesUnder(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('node_modules'))
    .map((name) => posix.join(folder, name.split(sep).join('/')));
}

/** What the files under a folder import. */
export function graphOf(folder: string): Graph {
  const files = filesUnder(folder);
  return Object.fromEntries(files.map((file) => [file, importsOf(readFileSync(join(ROOT, file), 'utf8'))]));
}

/** Where a relative import leads, from the root of the tree and without an extension. */
export function target(file: string, specifier: string): string {
  return posix.join(posix.dirname(file), specifier);
}

export const isRelative = (specifier: string) => specifier.startsWith('.');

/** The package that an import names. */
export function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
