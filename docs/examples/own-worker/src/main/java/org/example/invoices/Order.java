package org.example.invoices;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The payload of an {@code invoice.write} task. */
@RegisterForReflection
public record Order(String customer, int cents) {}
