package io.campaignlauncher.graph;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a batch.
 *
 * @param method     GET, POST or DELETE
 * @param path       relative to the API version; may refer to an earlier operation: {@code {result=name:$.id}}
 * @param parameters query of a GET or DELETE, form of a POST; values may hold references
 * @param name       for others to refer to; its response is asked for all the same; null: nobody refers to it
 */
public record GraphOperation(Method method, String path, Map<String, String> parameters, @Nullable String name) {

    /** What an operation does. Only GET changes nothing. */
    public enum Method { GET, POST, DELETE }

    /** @throws IllegalArgumentException where a parameter would control the call: see {@link GraphParameters} */
    public GraphOperation {
        GraphParameters.check(path, parameters);
        parameters = Map.copyOf(parameters);
    }

    /** Whether it may change anything on Facebook. */
    public boolean isWrite() {
        return method != Method.GET;
    }

    public static GraphOperation get(String path, Map<String, String> parameters) {
        return new GraphOperation(Method.GET, path, parameters, null);
    }

    public static GraphOperation post(String path, Map<String, String> parameters) {
        return new GraphOperation(Method.POST, path, parameters, null);
    }

    public static GraphOperation delete(String path) {
        return new GraphOperation(Method.DELETE, path, Map.of(), null);
    }

    /** Has the creation checked, and nothing created: a success then has no id. */
    public GraphOperation validateOnly() {
        var checked = new HashMap<>(parameters);
        checked.put(GraphParameters.EXECUTION_OPTIONS, GraphParameters.VALIDATE_ONLY);
        return new GraphOperation(method, path, checked, name);
    }

    public GraphOperation named(String newName) {
        return new GraphOperation(method, path, parameters, newName);
    }

    /** The text that stands for the id that the named operation answers with. */
    public static String idOf(String name) {
        return "{result=" + name + ":$.id}";
    }
}
