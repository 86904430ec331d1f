"""Reads the C# project in a folder: the project file is XML, and every source is C# in which a parser finds no error. Prints how many."""

import sys
from pathlib import Path
from xml.etree import ElementTree

import tree_sitter_c_sharp
from tree_sitter import Language, Parser

folder = Path(sys.argv[1])
(project,) = folder.glob("*.csproj")
packages = [reference.get("Include") for reference in ElementTree.parse(project).iter("PackageReference")]
if "Amazon.CDK.Lib" not in packages:
    sys.exit(f"{project} has to name Amazon.CDK.Lib, got {packages}")

parser = Parser(Language(tree_sitter_c_sharp.language()))


def first_error(node):
    if node.is_error or node.is_missing:
        return node
    return next((found for child in node.children if child.has_error and (found := first_error(child))), None)


sources = sorted(folder.rglob("*.cs"))
for source in sources:
    error = first_error(parser.parse(source.read_bytes()).root_node)
    if error:
        line, column = error.start_point
        sys.exit(f"{source}:{line + 1}:{column + 1}: not C#")
print(len(sources))
