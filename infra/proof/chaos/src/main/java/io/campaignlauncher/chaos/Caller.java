package io.campaignlauncher.chaos;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody who deals over HTTP. Now and then an answer does not reach them in time: then they ask the same of the other instance
 * while the first one may still be at it.
 */
final class Caller {

    private final AskedAgain instances;
    private final @Nullable String token;
    private final double impatience;
    private final Random random;

    /** @param token null: nobody yet @param impatience how often they ask twice, 0 to 1 */
    Caller(AskedAgain instances, @Nullable String token, double impatience, Random random) {
        this.instances = instances;
        this.token = token;
        this.impatience = impatience;
        this.random = random;
    }

    /** An answer that tells of no fault of the server. */
    record Answer(int status, JsonNode body) {

        boolean good() {
            return status == 200 || status == 201;
        }

        String text(String field) {
            return body.path(field).asString();
        }
    }

    /** @throws IllegalStateException where it is refused */
    JsonNode get(String path) throws InterruptedException {
        return good(path, List.of(answer(random.nextInt(2), request(path, null).andThen(HttpRequest.Builder::GET))));
    }

    /** Makes something. @throws IllegalStateException where it is refused, or made twice */
    JsonNode make(String path, String key, Map<String, ?> body) throws InterruptedException {
        return good(path, asked(request(path, key).andThen(request -> request.POST(json(body)))));
    }

    /** @throws IllegalStateException where it is refused, or answered in two ways */
    JsonNode post(String path, Map<String, ?> body) throws InterruptedException {
        return good(path, tried(path, body));
    }

    /** All answers to what may be refused. */
    List<Answer> tried(String path, Map<String, ?> body) throws InterruptedException {
        return asked(request(path, null).andThen(request -> request.POST(json(body))));
    }

    private static JsonNode good(String path, List<Answer> answers) {
        var first = answers.getFirst();
        if (!answers.stream().allMatch(answer -> answer.good() && answer.text("id").equals(first.text("id")))) {
            throw new IllegalStateException(path + " is answered with " + answers);
        }
        return first.body();
    }

    private List<Answer> asked(Function<URI, HttpRequest.Builder> request) throws InterruptedException {
        int first = random.nextInt(2);
        int times = random.nextDouble() < impatience ? 2 : 1;
        try (var askers = Executors.newVirtualThreadPerTaskExecutor()) {
            return answers(askers.invokeAll(IntStream.range(0, times)
                    .<Callable<Answer>>mapToObj(i -> () -> answer(first + i, request)).toList()));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static List<Answer> answers(List<Future<Answer>> asked) throws InterruptedException, ExecutionException {
        var all = new Answer[asked.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = asked.get(i).get();
        }
        return List.of(all);
    }

    private Answer answer(int first, Function<URI, HttpRequest.Builder> request) throws InterruptedException {
        return answer(instances.ask(first, request));
    }

    private static Answer answer(HttpResponse<String> response) {
        var isJson = response.headers().firstValue("content-type").orElse("").contains("json");
        return new Answer(response.statusCode(), isJson ? JsonMapper.shared().readTree(response.body())
                : JsonMapper.shared().createObjectNode());
    }

    private Function<URI, HttpRequest.Builder> request(String path, @Nullable String key) {
        return instance -> {
            var request = HttpRequest.newBuilder(instance.resolve(path)).header("content-type", "application/json");
            if (token != null) {
                request.header("authorization", "Bearer " + token);
            }
            return key == null ? request : request.header("Idempotency-Key", key);
        };
    }

    private static HttpRequest.BodyPublisher json(Map<String, ?> body) {
        return BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body));
    }
}
