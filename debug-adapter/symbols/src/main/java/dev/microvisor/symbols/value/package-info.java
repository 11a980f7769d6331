/**
 * Values of variables and expressions: {@link dev.microvisor.symbols.value.Value} is a type, a
 * place and the means to read it; {@link dev.microvisor.symbols.value.ValueNode} shows it to
 * people, as a tree whose branches are read when they are opened.
 */
package dev.microvisor.symbols.value;
