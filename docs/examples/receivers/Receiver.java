// Receives signed tasks. Run: SECRET=whsec_... java Receiver.java 9000
import com.sun.net.httpserver.*;
import java.net.*;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

class Receiver {
    static final byte[] KEY = Base64.getDecoder().decode(System.getenv("SECRET").replaceFirst("^whsec_", ""));

    static boolean genuine(Headers headers, byte[] body) throws Exception {
        String id = headers.getFirst("webhook-id"), sent = headers.getFirst("webhook-timestamp");
        String given = headers.getFirst("webhook-signature");
        if (id == null || given == null || sent == null || !sent.matches("[0-9]{1,12}")) return false;
        if (Math.abs(System.currentTimeMillis() / 1000 - Long.parseLong(sent)) > 300) return false;
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        mac.update((id + "." + sent + ".").getBytes());
        byte[] expected = ("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body))).getBytes();
        boolean known = false;
        for (String one : given.split(" ")) known |= MessageDigest.isEqual(expected, one.getBytes());
        return known;
    }

    static void receive(HttpExchange exchange) {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean known = genuine(exchange.getRequestHeaders(), body);
            // webhook-id stays the same when a task comes again: remember it together with what you did.
            String id = exchange.getRequestHeaders().getFirst("webhook-id");
            byte[] answer = (known ? "{\"done\":\"" + id + "\",\"got\":" + new String(body) + "}" : "{}").getBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(known ? 200 : 401, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (Exception e) {
            e.printStackTrace();
        }
    }

    public static void main(String[] args) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", Receiver::receive);
        server.start();
        System.out.println("listening on port " + server.getAddress().getPort());
    }
}
