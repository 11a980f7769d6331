/**
 * Functions, the blocks and inlined calls inside them, and the variables that are visible at an
 * address. Start at {@link dev.microvisor.symbols.scope.FunctionIndex}.
 */
package dev.microvisor.symbols.scope;
