package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How a lease call waits. */
interface LongPollRules extends ApiFixture {
    @Test
    default void waitingCallIsAnsweredWhenATaskComes() {
        String queue = queue();
        CompletableFuture<Response> waiting =
                CompletableFuture.supplyAsync(() -> json("{'wait':'PT20S'}").post("/queues/" + queue + "/leases"));
        long start = System.nanoTime();
        String id = task(queue);
        waiting.join().then().statusCode(200).body("leases.task.id", equalTo(List.of(id)));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    default void waitingCallEndsEmptyWithItsTime() {
        long start = System.nanoTime();
        json("{'wait':'PT0.5S'}")
                .post("/queues/" + queue() + "/leases")
                .then()
                .statusCode(200)
                .body("leases", hasSize(0));
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(450), Duration.ofSeconds(10));
    }

    @Test
    default void clientThatGoesAwayTakesNoTaskWithIt() throws IOException {
        String queue = queue();
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            clients.add(waiting(queue));
        }
        for (Socket client : clients) {
            client.setSoLinger(true, 0);
            client.close();
        }
        String id = task(queue);
        json("{'wait':'PT10S'}")
                .post("/queues/" + queue + "/leases")
                .then()
                .body("leases.task.id", equalTo(List.of(id)));
    }

    @Test
    default void clientThatGoesAwayAsTheTaskComesGivesItBackAtOnce() throws IOException {
        String queue = queue();
        for (int round = 0; round < 10; round++) {
            Socket client = waiting(queue);
            CompletableFuture<String> submitting = CompletableFuture.supplyAsync(() -> task(queue));
            client.setSoLinger(true, 0);
            client.close();
            String id = submitting.join();
            // Either it was never leased, or it came back: never later than that call's lease of an hour.
            Response next = json("{'wait':'PT10S'}").post("/queues/" + queue + "/leases");
            next.then().body("leases.task.id", equalTo(List.of(id)));
            String token = next.path("leases[0].token");
            post("/leases/" + token + "/complete").then().statusCode(200).body("crashes", equalTo(0));
        }
    }

    /** A client in the middle of a long poll: its request was read by the server. */
    private static Socket waiting(String queue) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
        socket.setSoTimeout(5000);
        String body = "{\"wait\":\"PT20S\",\"lease\":\"PT1H\"}";
        String head = "POST " + BASE + "/queues/" + queue + "/leases HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: " + body.length()
                + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        // The interim answer tells that the request arrived, without waiting for any time to pass.
        String interim = new String(socket.getInputStream().readNBytes(25), StandardCharsets.US_ASCII);
        assertThat(interim).startsWith("HTTP/1.1 100 Continue");
        socket.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
