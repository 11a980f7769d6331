package dev.microvisor.catalog;

/**
 * A name that a document uses and the SDK header does not.
 *
 * @param name as the document or an older header writes it
 * @param canonical the header's name
 * @param explanation one sentence for hover and lint
 */
public record Alias(String name, String canonical, String explanation) {}
