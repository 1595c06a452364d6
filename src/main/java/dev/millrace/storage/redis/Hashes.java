package dev.millrace.storage.redis;

import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.util.LinkedHashMap;
import java.util.Map;

/** Replies that are maps: under RESP3 they come as such, from older servers as lists of keys and values. */
final class Hashes {
    private Hashes() {}

    static Map<String, Response> of(Response hash) {
        Map<String, Response> fields = new LinkedHashMap<>();
        if (hash == null) {
            return fields;
        }
        if (hash.type() == ResponseType.MULTI && hash.isMap()) {
            hash.getKeys().forEach(key -> fields.put(key, hash.get(key)));
            return fields;
        }
        for (int i = 0; i + 1 < hash.size(); i += 2) {
            fields.put(hash.get(i).toString(), hash.get(i + 1));
        }
        return fields;
    }

    /** Members with their scores, which RESP3 gives in pairs. */
    static Map<Response, Double> scored(Response set) {
        Map<Response, Double> scores = new LinkedHashMap<>();
        if (set.size() > 0 && set.get(0).type() == ResponseType.MULTI) {
            set.forEach(pair -> scores.put(pair.get(0), pair.get(1).toDouble()));
            return scores;
        }
        for (int i = 0; i + 1 < set.size(); i += 2) {
            scores.put(set.get(i), set.get(i + 1).toDouble());
        }
        return scores;
    }

    static Map<String, String> strings(Response hash) {
        Map<String, String> fields = new LinkedHashMap<>();
        of(hash).forEach((key, value) -> fields.put(key, value.toString()));
        return fields;
    }
}
