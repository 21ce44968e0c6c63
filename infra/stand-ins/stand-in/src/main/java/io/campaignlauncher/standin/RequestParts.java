package io.campaignlauncher.standin;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a request says besides its path: the parameters of its query and of a form, multipart or JSON body, all as texts, and its
 * files by part name. A value that is an object or a list in a JSON body is that JSON as text.
 */
public record RequestParts(String path, Map<String, String> parameters, Map<String, Upload> files) {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    /** An uploaded file. */
    public record Upload(String fileName, byte[] bytes) {}

    /**
     * @param uri         path and query
     * @param contentType of the body; empty: a form
     * @throws RuntimeException when the body is not what its content type says
     */
    public static RequestParts read(String uri, String contentType, byte[] body) {
        int question = uri.indexOf('?');
        var parameters = new LinkedHashMap<String, String>();
        if (question >= 0) {
            UrlEncoded.decodeInto(parameters, uri.substring(question + 1));
        }
        Map<String, Upload> files = Map.of();
        if (body.length > 0) {
            if (contentType.regionMatches(true, 0, "multipart/", 0, 10)) {
                files = new HashMap<>();
                multipart(contentType, body, parameters, files);
            } else if (contentType.regionMatches(true, 0, "application/json", 0, 16)) {
                json(body, parameters);
            } else {
                UrlEncoded.decodeInto(parameters, new String(body, StandardCharsets.UTF_8));
            }
        }
        return new RequestParts(question < 0 ? uri : uri.substring(0, question), parameters, files);
    }

    private static void json(byte[] body, Map<String, String> parameters) {
        MAPPER.readTree(body).properties()
                .forEach(each -> parameters.put(each.getKey(), each.getValue().isValueNode() ? each
                        .getValue().asString("") : MAPPER.writeValueAsString(each.getValue())));
    }

    private static void multipart(String type, byte[] body, Map<String, String> parameters,
            Map<String, Upload> files) {
        var message = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/",
                Unpooled.wrappedBuffer(body));
        message.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
        var decoder = new HttpPostMultipartRequestDecoder(new DefaultHttpDataFactory(false), message,
                StandardCharsets.UTF_8);
        try {
            for (var part : decoder.getBodyHttpDatas()) {
                if (part instanceof FileUpload file) {
                    files.put(file.getName(), new Upload(file.getFilename(), file.get()));
                } else if (part instanceof Attribute attribute) {
                    parameters.put(attribute.getName(), attribute.getValue());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            decoder.destroy();
        }
    }
}
