package dev.millrace.dashboard;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Everything that the dashboard can be asked to change, as its resources have it: a new one is among them by itself. */
public final class Mutations {
    /** What concerns the browser's own session alone, or only asks whether it is meant. */
    private static final Set<String> OWN = Set.of("/login", "/logout", "/theme", "/bulk/confirm");

    private Mutations() {}

    /** Their addresses, with the variables as the resources name them. */
    public static Set<String> addresses() {
        Set<String> addresses = new TreeSet<>();
        ClassFileImporter resources = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests());
        for (JavaClass resource : resources.importPackages(Mutations.class.getPackageName())) {
            if (resource.isAnnotatedWith(Path.class)) {
                resource.getMethods().stream()
                        .filter(Mutations::changes)
                        .map(method -> address(resource, method))
                        .filter(address -> !OWN.contains(address))
                        .forEach(addresses::add);
            }
        }
        return addresses;
    }

    /** The same as somebody may call them, of things that are not there. */
    public static List<String> paths() {
        return addresses().stream()
                .map(address -> address.replaceAll("\\{[a-z]+}", "any"))
                .toList();
    }

    private static boolean changes(JavaMethod method) {
        return List.of(POST.class, PUT.class, PATCH.class, DELETE.class).stream()
                .anyMatch(method::isAnnotatedWith);
    }

    private static String address(JavaClass resource, JavaMethod method) {
        return ("/" + path(resource) + "/" + path(method)).replaceAll("/+", "/").replaceAll("(.)/$", "$1");
    }

    private static String path(HasAnnotations<?> annotated) {
        return annotated
                .tryGetAnnotationOfType(Path.class.getName())
                .flatMap(path -> path.get("value"))
                .map(String::valueOf)
                .orElse("");
    }
}
