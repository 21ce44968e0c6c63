package io.campaignlauncher.simulator;

import io.campaignlauncher.simulator.core.SimRequest;
import io.campaignlauncher.simulator.core.UrlEncoded;
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
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;
import tools.jackson.databind.json.JsonMapper;

/** Makes a {@link SimRequest} of an HTTP request with a query and a form, multipart or JSON body. */
final class RequestReader {

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final String BEARER = "Bearer ";

    private final String scheme;

    RequestReader(String scheme) {
        this.scheme = scheme;
    }

    /** @throws RuntimeException when the body is not what its content type says */
    SimRequest read(HttpServerRequest request, byte[] body) {
        var headers = request.requestHeaders();
        var address = request.uri();
        int question = address.indexOf('?');
        Map<String, String> parameters = new LinkedHashMap<>();
        if (question >= 0) {
            UrlEncoded.decodeInto(parameters, address.substring(question + 1));
        }
        Map<String, SimRequest.Upload> files = Map.of();
        if (body.length > 0) {
            var type = headers.get(HttpHeaderNames.CONTENT_TYPE, "");
            if (type.regionMatches(true, 0, "multipart/", 0, 10)) {
                files = new HashMap<>();
                multipart(type, body, parameters, files);
            } else if (type.regionMatches(true, 0, "application/json", 0, 16)) {
                json(body, parameters);
            } else {
                UrlEncoded.decodeInto(parameters, new String(body, StandardCharsets.UTF_8));
            }
        }
        return new SimRequest(request.method().name(), question < 0 ? address : address.substring(0, question),
                parameters,
                files, bearer(headers.get(HttpHeaderNames.AUTHORIZATION)),
                scheme + "://" + headers.get(HttpHeaderNames.HOST,
                        "localhost"));
    }

    private static @Nullable String bearer(@Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length()) ? authorization
                .substring(BEARER.length()).trim() : null;
    }

    private static void json(byte[] body, Map<String, String> parameters) {
        MAPPER.readTree(body).properties()
                .forEach(each -> parameters.put(each.getKey(), each.getValue().isValueNode() ? each
                        .getValue().asString("") : MAPPER.writeValueAsString(each.getValue())));
    }

    private static void multipart(String type, byte[] body, Map<String, String> parameters,
            Map<String, SimRequest.Upload> files) {
        var message = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/",
                Unpooled.wrappedBuffer(body));
        message.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
        var decoder = new HttpPostMultipartRequestDecoder(new DefaultHttpDataFactory(false), message,
                StandardCharsets.UTF_8);
        try {
            for (var part : decoder.getBodyHttpDatas()) {
                if (part instanceof FileUpload file) {
                    files.put(file.getName(), new SimRequest.Upload(file.getFilename(), file.get()));
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
