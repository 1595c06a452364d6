package dev.millrace.api;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.millrace.access.Needs;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is true of every endpoint there is. */
class EndpointsTest {
    private static final JavaClasses API = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.millrace");

    @Test
    void everyEndpointSaysWhatItNeeds() {
        Set<Class<?>> needs = Set.of(Needs.class.getDeclaredClasses());
        assertThat(endpoints())
                .isNotEmpty()
                .allSatisfy(method -> assertThat(
                                Arrays.stream(method.getAnnotations()).filter(a -> needs.contains(a.annotationType())))
                        .as(method.toString())
                        .hasSize(1));
    }

    @Test
    void addressesAreThoseOfTheResources() {
        List<String> found = endpoints()
                .filter(method -> method.getDeclaringClass() != HealthResource.class)
                .map(EndpointsTest::line)
                .toList();
        assertThat(found).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(Endpoints.ALL);
    }

    @Test
    void processAnswersForItsRolesAlone() {
        assertThat(resources()).isNotEmpty().allSatisfy(resource -> {
            EndpointDisabled disabled = resource.getAnnotation(EndpointDisabled.class);
            if (resource == HealthResource.class || resource == NodeLogResource.class) {
                assertThat(disabled).isNull();
            } else {
                String role = resource == DrainResource.class ? "worker" : "api";
                assertThat(disabled.name()).isEqualTo("millrace.role." + role);
                assertThat(disabled.stringValue()).isEqualTo("false");
            }
        });
    }

    /** The framework matches a path to one class first; only then is a wrong method told from a wrong path. */
    @Test
    void resourcesOfTheApiShareOnePath() {
        assertThat(resources().filter(resource -> resource != HealthResource.class))
                .allSatisfy(resource ->
                        assertThat(resource.getAnnotation(Path.class).value()).isEqualTo(Endpoints.BASE));
    }

    private static String line(Method method) {
        String verb = Arrays.stream(method.getAnnotations())
                .map(EndpointsTest::verb)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
        return verb + " " + method.getAnnotation(Path.class).value();
    }

    private static String verb(Annotation annotation) {
        HttpMethod method = annotation.annotationType().getAnnotation(HttpMethod.class);
        return method == null ? null : method.value();
    }

    private static Stream<Method> endpoints() {
        List<Method> endpoints = new ArrayList<>();
        resources().forEach(resource -> {
            for (Method method : resource.getDeclaredMethods()) {
                if (Arrays.stream(method.getAnnotations()).anyMatch(a -> verb(a) != null)) {
                    endpoints.add(method);
                }
            }
        });
        return endpoints.stream();
    }

    /** But for the document that tells of them: it is for whoever has any credential. */
    private static Stream<Class<?>> resources() {
        return API.that(resideInAPackage("dev.millrace.api..")).stream()
                .filter(one -> one.isAnnotatedWith(Path.class))
                .filter(one -> !one.isEquivalentTo(OpenApiResource.class))
                .<Class<?>>map(one -> one.reflect());
    }
}
