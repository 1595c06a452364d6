package dev.millrace.dashboard;

/**
 * One figure of a row of figures.
 *
 * @param unit behind the value; empty for none
 * @param tone {@code bad} or {@code warn} to draw the eye; empty for none
 * @param note below the value
 * @param spark path of a {@link Chart#spark}; empty for none
 * @param href where the whole story is; null for nowhere
 */
public record Tile(String title, String value, String unit, String tone, String note, String spark, String href) {}
