package org.example.invoices;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.TestMillrace;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class WriteInvoiceTest {
    private static final Order ORDER = new Order("Ada", 1250);

    @Inject
    TestMillrace millrace;

    @BeforeEach
    void forget() {
        millrace.clear();
    }

    @Test
    void invoiceIsWrittenAndAReminderSubmitted() {
        TaskId id = millrace.submit("orders", "invoice.write", ORDER);

        assertEquals(1, millrace.runDue());

        assertEquals(TaskState.SUCCEEDED, millrace.task(id).state());
        millrace.assertSubmitted("invoice.remind", Map.of("customer", "Ada", "cents", 1250));
    }

    @Test
    void nothingRunsByItself() {
        TaskId id = millrace.submit("orders", "invoice.write", ORDER);

        millrace.advance(Duration.ofHours(1));

        assertEquals(TaskState.READY, millrace.task(id).state());
        millrace.assertNotSubmitted("invoice.remind");
    }

    @Test
    void orderWithoutACustomerIsTriedAgainAfterThirtySeconds() {
        TaskId id = millrace.submit("orders", "invoice.write", new Order(null, 1250));
        millrace.runDue();
        assertEquals(TaskState.SCHEDULED, millrace.task(id).state());

        assertEquals(0, millrace.runDue());
        millrace.advance(Duration.ofSeconds(30));
        assertEquals(1, millrace.runDue());

        assertEquals(2, millrace.task(id).status().attempts());
    }

    @Test
    void negativeAmountIsDeadAtOnce() {
        TaskId id = millrace.submit("orders", "invoice.write", new Order("Ada", -1));
        millrace.runDue();

        Task task = millrace.task(id);
        assertEquals(TaskState.DEAD, task.state());
        assertEquals("NegativeAmount", task.details().error().type());
    }
}
