/**
 * Whole programs as other teams would write them, and what is found when they are spoiled. Start at
 * {@code CorpusTest}; the programs are in {@code src/test/resources/corpus}.
 */
package dev.microvisor.analysis.corpus;
