package dev.millrace.delivery.balance;

/** A backend that may get the next task, as a balancer sees it. */
public interface Candidate {
    /** Its URL: what it goes by, here and on every other node. */
    String id();

    /** Its share beside the others', 1 or more. */
    int weight();

    /** Requests under way to it. */
    int inFlight();

    /** What an answer took lately, in milliseconds; 0 when nothing is known. */
    double latency();

    /** The share of failures among its latest answers, 0 to 1. */
    double errors();
}
