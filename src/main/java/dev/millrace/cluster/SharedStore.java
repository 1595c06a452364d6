package dev.millrace.cluster;

/**
 * Whether the store may have other nodes than this one.
 *
 * @param several false for one that belongs to a single process
 */
public record SharedStore(boolean several) {}
