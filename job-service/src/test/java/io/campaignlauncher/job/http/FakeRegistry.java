package io.campaignlauncher.job.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaParser;
import tools.jackson.databind.json.JsonMapper;

/**
 * A registry as Confluent documents its API: {@code POST /subjects/{subject}/versions}, every subject FULL_TRANSITIVE. It knows a schema again, and has
 * an error code for each refusal.
 */
final class FakeRegistry implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    final Map<String, List<Schema>> subjects = new TreeMap<>();
    private final List<Schema> ids = new ArrayList<>();
    private final HttpServer server;
    private final String authorization;

    private FakeRegistry(HttpServer server, String login) {
        this.server = server;
        this.authorization = login.isEmpty() ? ""
                : "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    /** @param login name, colon and password; empty: none is asked for */
    static FakeRegistry start(String login) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var registry = new FakeRegistry(server, login);
        server.createContext("/", registry::answer);
        server.start();
        return registry;
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (!authorization.isEmpty()
                    && !authorization.equals(exchange.getRequestHeaders().getFirst("authorization"))) {
                send(exchange, 401, Map.of("error_code", 401, "message", "Unauthorized"));
                return;
            }
            var path = exchange.getRequestURI().getPath().split("/");
            boolean known = path.length == 4 && path[1].equals("subjects") && path[3].equals("versions")
                    && exchange.getRequestMethod().equals("POST");
            if (!known) {
                send(exchange, 404, Map.of("error_code", 404, "message", "HTTP 404 Not Found"));
                return;
            }
            take(exchange, path[2], body);
        }
    }

    private synchronized void take(HttpExchange exchange, String subject, String body) throws IOException {
        Schema schema;
        try {
            schema = new SchemaParser().parse(JSON.readTree(body).path("schema").stringValue()).mainSchema();
        } catch (AvroRuntimeException e) {
            send(exchange, 422, Map.of("error_code", 42201, "message", "Invalid schema"));
            return;
        }
        var versions = subjects.computeIfAbsent(subject, _ -> new ArrayList<>());
        if (!versions.contains(schema)) {
            if (!versions.stream().allMatch(version -> reads(version, schema) && reads(schema, version))) {
                send(exchange, 409, Map.of("error_code", 409, "message",
                        "Schema being registered is incompatible with an earlier schema for subject"));
                return;
            }
            versions.add(schema);
            ids.add(schema);
        }
        send(exchange, 200, Map.of("id", ids.indexOf(schema) + 1));
    }

    private static boolean reads(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getType() == SchemaCompatibilityType.COMPATIBLE;
    }

    private static void send(HttpExchange exchange, int status, Map<String, Object> answer) throws IOException {
        var bytes = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().add("content-type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
