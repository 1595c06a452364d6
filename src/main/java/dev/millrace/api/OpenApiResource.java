package dev.millrace.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jboss.resteasy.reactive.RestResponse;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The contract as an OpenAPI document, read when it is first asked for: a start need not wait for it. */
@Singleton
@Path("/q/openapi")
public class OpenApiResource {
    private static final String FILE = "META-INF/openapi.yaml";
    private static final String YAML = "application/yaml";

    private volatile byte[] json;

    /** For whoever has any credential. */
    @GET
    @RunOnVirtualThread
    public RestResponse<byte[]> document(
            @QueryParam("format") String format, @HeaderParam(HttpHeaders.ACCEPT) String accept) {
        boolean wanted = format == null ? accept != null && accept.contains("json") : format.equalsIgnoreCase("json");
        return wanted ? answer(json(), MediaTypes.JSON) : answer(yaml(), YAML);
    }

    private static RestResponse<byte[]> answer(byte[] document, String type) {
        return RestResponse.ResponseBuilder.ok(document)
                .header(HttpHeaders.CONTENT_TYPE, type + ";charset=UTF-8")
                .build();
    }

    private byte[] json() {
        if (json == null) {
            Object document =
                    new Yaml(new SafeConstructor(new LoaderOptions())).load(new String(yaml(), StandardCharsets.UTF_8));
            try {
                json = new ObjectMapper().writeValueAsBytes(document);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return json;
    }

    private static byte[] yaml() {
        try (InputStream file = Thread.currentThread().getContextClassLoader().getResourceAsStream(FILE)) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
