package dev.microvisor.catalog;

/** Who reads and who writes what a parameter points at. */
public enum Direction {
    IN,
    OUT,
    IN_OUT
}
