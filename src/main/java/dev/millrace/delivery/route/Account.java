package dev.millrace.delivery.route;

import java.time.Instant;

/**
 * How a destination does, as one node told.
 *
 * @param node its id
 * @param at by the store's clock
 */
public record Account(String node, Instant at, RouteView view) {}
