package io.campaignlauncher.telegram;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.util.LinkedMultiValueMap;
import tools.jackson.databind.node.ObjectNode;

/** The parameters of a call as bytes: JSON, or multipart where a file goes along. Prints its type and size alone. */
record RequestBody(MediaType type, byte[] bytes) {

    static RequestBody json(ObjectNode parameters) {
        return new RequestBody(MediaType.APPLICATION_JSON, ApiAnswer.MAPPER.writeValueAsBytes(parameters));
    }

    /** @param fileField the parameter that is the file, which Telegram wants to have a name */
    static RequestBody withFile(ObjectNode parameters, String fileField, byte[] file) {
        var parts = new LinkedMultiValueMap<String, Object>();
        parameters.properties().forEach(each -> parts.add(each.getKey(),
                each.getValue().isValueNode() ? each.getValue().asString() : each.getValue().toString()));
        parts.add(fileField, new ByteArrayResource(file) {

            @Override
            public String getFilename() {
                return fileField;
            }
        });
        var message = new InMemory();
        try {
            new FormHttpMessageConverter().write(parts, MediaType.MULTIPART_FORM_DATA, message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RequestBody(Objects.requireNonNull(message.headers.getContentType()), message.body.toByteArray());
    }

    @Override
    public String toString() {
        return type.getType() + "/" + type.getSubtype() + ", " + bytes.length + " bytes";
    }

    private static final class InMemory implements HttpOutputMessage {

        private final HttpHeaders headers = new HttpHeaders();
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        @Override
        public OutputStream getBody() {
            return body;
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }
    }
}
