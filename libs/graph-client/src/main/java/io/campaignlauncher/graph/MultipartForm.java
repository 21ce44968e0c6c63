package io.campaignlauncher.graph;

import io.campaignlauncher.sendonce.OutgoingBody;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * {@code multipart/form-data} of fields and one file whose content passes through. Its length is known before its
 * first byte, which Spring's writers of such forms do not tell.
 */
record MultipartForm(MediaType contentType, OutgoingBody body) {

    static MultipartForm of(Map<String, String> fields, GraphFile file) {
        var boundary = "campaign-launcher-" + UUID.randomUUID();
        var head = new StringBuilder();
        fields.forEach((name, value) -> begin(head, boundary, name).append("\r\n\r\n").append(value).append("\r\n"));
        begin(head, boundary, file.field()).append("; filename=\"").append(quoted(file.name()))
                .append("\"\r\nContent-Type: ").append(file.type()).append("\r\n\r\n");
        var before = head.toString().getBytes(StandardCharsets.UTF_8);
        var after = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
        var content = file.content();
        return new MultipartForm(
                new MediaType(MediaType.MULTIPART_FORM_DATA, Map.of("boundary", boundary)),
                new OutgoingBody(before.length + content.length() + after.length,
                        Flux.concat(piece(before), content.measured(), piece(after))));
    }

    private static StringBuilder begin(StringBuilder form, String boundary, String field) {
        return form.append("--").append(boundary).append("\r\nContent-Disposition: form-data; name=\"")
                .append(quoted(field)).append('"');
    }

    /** As browsers do. */
    private static String quoted(String name) {
        return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static Mono<DataBuffer> piece(byte[] bytes) {
        return Mono.fromSupplier(() -> DefaultDataBufferFactory.sharedInstance.wrap(bytes));
    }
}
