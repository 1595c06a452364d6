package dev.millrace.api;

/**
 * One thing that is wrong with a request.
 *
 * @param pointer JSON pointer to the member; for a query parameter {@code /NAME}
 * @param detail what is wrong, as a sentence fragment: "must be 0 to 9"
 */
record Fault(String pointer, String detail) {}
