package io.campaignlauncher.simulator.core;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Nodes that tell how far work has come that is done after its answer. */
sealed interface AsyncNode {

    enum Status { INITIAL, IN_PROGRESS, SUCCESS, ERROR, CANCELED }

    long number();

    /** Null where the work concerns no one account. */
    @Nullable
    Account account();

    String nodeType();

    /** Every field that the node type has; JSON null where there is no value. */
    ObjectNode whole(Instant now);

    /** Ads ordered with one {@code POST /act_x/asyncadrequestsets}. */
    record AdRequestSet(long number, Account account, String name, String notificationMode,
            @Nullable String notificationUri, Instant createdTime, List<AdRequest> requests) implements AsyncNode {

        @Override
        public String nodeType() {
            return "AdAsyncRequestSet";
        }

        @Override
        public ObjectNode whole(Instant now) {
            var node = Json.object().put("id", Long.toString(number)).put("name", name).put("owner_id", account.digits)
                    .put("created_time", Times.text(createdTime)).put("notification_mode", notificationMode)
                    .put("notification_uri", notificationUri).putNull("notification_result")
                    .putNull("notification_status").put("total_count", requests.size());
            put(node, "initial_count", Status.INITIAL, now);
            put(node, "in_progress_count", Status.IN_PROGRESS, now);
            put(node, "success_count", Status.SUCCESS, now);
            put(node, "error_count", Status.ERROR, now);
            put(node, "canceled_count", Status.CANCELED, now);
            node.put("is_completed", requests.stream().allMatch(AdRequest::isOver));
            return node.put("updated_time", Times.text(requests.stream().map(each -> each.updatedTime).max(
                    Instant::compareTo).orElse(createdTime)));
        }

        private void put(ObjectNode node, String field, Status status, Instant now) {
            node.put(field, requests.stream().filter(each -> each.status(now) == status).count());
        }
    }

    /** One of the ads of a set. */
    final class AdRequest implements AsyncNode {

        final Call call;
        private final long number;
        private final long set;
        private final Account account;
        private final Map<String, String> input;
        private final Instant createdTime;
        private final Instant startsAt;
        private Instant updatedTime;
        private @Nullable Status end;
        private @Nullable ObjectNode result;

        AdRequest(long number, long set, Account account, Map<String, String> input, Call call, Instant createdTime,
                Instant startsAt) {
            this.number = number;
            this.set = set;
            this.account = account;
            this.input = input;
            this.call = call;
            this.createdTime = createdTime;
            this.startsAt = startsAt;
            this.updatedTime = createdTime;
        }

        boolean isOver() {
            return end != null;
        }

        void cancel(Instant now) {
            if (end == null) {
                end = Status.CANCELED;
                updatedTime = now;
            }
        }

        /** Results are flat texts. */
        void finish(OperationReply answer, Instant now) {
            var error = answer.body().path("error");
            end = error.isObject() || answer.isNull() ? Status.ERROR : Status.SUCCESS;
            updatedTime = now;
            var flat = Json.object();
            for (var each : (error.isObject() ? error : answer.body()).properties()) {
                flat.put(each.getKey(), Json.parameter(each.getValue()));
            }
            result = flat;
        }

        Status status(Instant now) {
            return end != null ? end : now.isBefore(startsAt) ? Status.INITIAL : Status.IN_PROGRESS;
        }

        @Override
        public long number() {
            return number;
        }

        @Override
        public Account account() {
            return account;
        }

        @Override
        public String nodeType() {
            return "AdAsyncRequest";
        }

        @Override
        public ObjectNode whole(Instant now) {
            var node = Json.object().put("id", Long.toString(number)).put("scope_object_id", account.digits)
                    .put("status", status(now).name()).putNull("type").put("created_time", Times.text(createdTime))
                    .put("updated_time", Times.text(updatedTime));
            node.putObject("async_request_set").put("id", Long.toString(set));
            var shown = node.putObject("input");
            input.forEach(shown::put);
            node.set("result", result);
            return node;
        }
    }

    /** One operation of an {@code asyncbatch}. */
    final class Session implements AsyncNode {

        private final long number;
        private final BatchOperation operation;
        private final Instant createdTime;
        private @Nullable Instant endTime;
        private @Nullable String result;
        private int errorCode;
        private @Nullable String errorMessage;

        Session(long number, BatchOperation operation, Instant createdTime) {
            this.number = number;
            this.operation = operation;
            this.createdTime = createdTime;
        }

        /** Takes an element of a batch's answer. */
        void finish(JsonNode element, Instant now) {
            endTime = now;
            result = element.path("body").asString(null);
            if (result != null && element.path("code").asInt(0) != 200) {
                var error = Json.read(result).path("error");
                errorCode = error.path("code").asInt(1);
                errorMessage = error.path("message").asString("");
            }
        }

        @Override
        public long number() {
            return number;
        }

        @Override
        public @Nullable Account account() {
            return null;
        }

        @Override
        public String nodeType() {
            return "AsyncSession";
        }

        @Override
        public ObjectNode whole(Instant now) {
            var status = endTime == null ? Status.IN_PROGRESS : errorMessage == null ? Status.SUCCESS : Status.ERROR;
            var node = Json.object().put("id", Long.toString(number)).put("name", operation.name())
                    .put("method", operation.method()).put("uri", operation.path()).put("platform_version", "v24.0")
                    .put("status", status.name()).put("percent_completed", endTime == null ? 0 : 100)
                    .put("start_time", Times.text(createdTime)).put("result", result).put("exception", errorMessage)
                    .putNull("app").putNull("page");
            node.put("complete_time", endTime == null ? null : Times.text(endTime));
            node.put("error_code", errorMessage == null ? null : (Integer) errorCode);
            node.putObject("user").put("id", Tokens.USER_ID);
            return node;
        }
    }
}
