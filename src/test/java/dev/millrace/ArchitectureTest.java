package dev.millrace;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.millrace.role.Role;
import dev.millrace.worker.TaskHandler;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The house rules that a machine can see to. There is no list of exceptions. */
class ArchitectureTest {
    private static final String ROOT = "dev.millrace";
    private static final String TEST_CLASSES = "/test-classes/";
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(location -> !location.contains(TEST_CLASSES))
            .importPackages(ROOT);
    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(location -> location.contains(TEST_CLASSES))
            .importPackages(ROOT);

    /** A room sees those of the lines to its right. */
    private static final List<Set<String>> LINES = List.of(
            Set.of("bench", "cli", "lambda", "testing"),
            Set.of("api", "dashboard"),
            Set.of("delivery", "scheduler", "monitor", "scale"),
            Set.of("worker"),
            Set.of("cluster"),
            Set.of("queue"),
            Set.of("access"),
            Set.of("task"));

    /** Rooms whose ports the stores implement, and what those speak of. */
    private static final Set<String> STORED = Set.of("testing", "delivery", "monitor", "cluster", "queue", "task");

    private static final Pattern FORBIDDEN =
            Pattern.compile("(?i).*(util|utils|common|helper|helpers|manager|service|impl|misc|shared|core)s?");

    @Test
    void roomsSeeOnlyWhatIsToTheirRight() {
        classes()
                .should(new ArchCondition<>("see only rooms to their right") {
                    @Override
                    public void check(JavaClass from, ConditionEvents events) {
                        for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                            String room = room(from);
                            String seen = room(dependency.getTargetClass());
                            boolean fine = seen == null || seen.equals(room) || maySee(room, seen);
                            events.add(new SimpleConditionEvent(from, fine, dependency.getDescription()));
                        }
                    }
                })
                .check(PRODUCT);
    }

    private static boolean maySee(String room, String seen) {
        if (room.isEmpty()) {
            return !seen.equals("storage");
        }
        return switch (seen) {
            case "" -> false;
            case "role" -> hasARole(room);
            case "storage" -> room.equals("bench");
            default -> room.equals("storage") ? STORED.contains(seen) : line(room) < line(seen);
        };
    }

    /** The room that a class lives in; empty for the root, null for what is not ours. */
    private static String room(JavaClass type) {
        String name = type.getPackageName();
        if (!name.equals(ROOT) && !name.startsWith(ROOT + ".")) {
            return null;
        }
        return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1).split("\\.")[0];
    }

    private static int line(String room) {
        for (int line = 0; line < LINES.size(); line++) {
            if (LINES.get(line).contains(room)) {
                return line;
            }
        }
        throw new AssertionError("The room " + room + " has no place in the order of the rooms");
    }

    private static boolean hasARole(String room) {
        return PRODUCT.stream().anyMatch(type -> type.isAssignableTo(Role.class) && room.equals(room(type)));
    }

    @Test
    void benchOpensStoresThroughTheirDoorAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".storage..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".storage.redis..", ROOT + ".storage.sqlite..", ROOT + ".storage.record..")
                .check(PRODUCT);
    }

    @Test
    void storesDoNotSeeEachOther() {
        for (Map.Entry<String, String> pair :
                Map.of("redis", "sqlite", "sqlite", "redis").entrySet()) {
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + ".storage." + pair.getKey() + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(ROOT + ".storage." + pair.getValue() + "..")
                    .allowEmptyShould(true)
                    .check(PRODUCT);
        }
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".storage.record..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".storage.redis..", ROOT + ".storage.sqlite..", ROOT + ".storage")
                .check(PRODUCT);
    }

    @Test
    void vocabularyNeedsTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".task..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", ROOT + ".task..")
                .check(PRODUCT);
    }

    @Test
    void commandLineNeedsNoServer() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".cli..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.quarkus..", "jakarta..", "io.vertx..")
                        .and(not(resideInAPackage("io.quarkus.runtime.annotations"))))
                .check(PRODUCT);
    }

    @Test
    void nothingIsNamedForNothing() {
        classes()
                .should(new ArchCondition<>("have a name that says what they are") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        boolean fine = !FORBIDDEN.matcher(type.getSimpleName()).matches();
                        for (String part : type.getPackageName().split("\\.")) {
                            fine &= !FORBIDDEN.matcher(part).matches();
                        }
                        events.add(new SimpleConditionEvent(type, fine, type.getName()));
                    }
                })
                .check(PRODUCT);
    }

    @Test
    void timeIsTheStores() {
        noClasses()
                .that(new DescribedPredicate<>("are no clock of the storage room") {
                    @Override
                    public boolean test(JavaClass type) {
                        return !("storage".equals(room(type))
                                && type.getSimpleName().endsWith("Clock"));
                    }
                })
                .should()
                .callMethodWhere(readsTheClock())
                .orShould()
                .callConstructor(Date.class)
                .check(PRODUCT);
    }

    private static DescribedPredicate<JavaCall<?>> readsTheClock() {
        return new DescribedPredicate<>("reads the machine's clock") {
            @Override
            public boolean test(JavaCall<?> call) {
                String name = call.getTarget().getName();
                JavaClass owner = call.getTargetOwner();
                boolean noArguments = call.getTarget().getRawParameterTypes().isEmpty();
                if (owner.isEquivalentTo(System.class)) {
                    return name.equals("currentTimeMillis");
                }
                if (owner.isEquivalentTo(Clock.class) || owner.isEquivalentTo(InstantSource.class)) {
                    return name.startsWith("system") || name.startsWith("tickS") || name.startsWith("tickM");
                }
                return owner.getPackageName().equals(Instant.class.getPackageName())
                        && name.equals("now")
                        && (noArguments
                                || !call.getTarget()
                                        .getRawParameterTypes()
                                        .getFirst()
                                        .isEquivalentTo(Clock.class));
            }
        };
    }

    @Test
    void nobodySleepsButTheHandlerThatIsAskedTo() {
        noClasses()
                .that()
                .areNotAssignableTo(TaskHandler.class)
                .should()
                .callMethodWhere(target(owner(assignableTo(Thread.class))).and(target(nameMatching("sleep"))))
                .check(PRODUCT);
    }

    @Test
    void testsDoNotSleep() {
        noClasses()
                .should()
                .callMethodWhere(target(owner(assignableTo(Thread.class))).and(target(nameMatching("sleep"))))
                .check(TESTS);
    }

    @Test
    void testsAreNotSkipped() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("org.junit.jupiter.api.condition.."))
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.junit.jupiter.api.Disabled")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.junit.jupiter.api.Assumptions")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.assertj.core.api.Assumptions")
                .check(TESTS);
    }

    @Test
    void oneObservesStartAndStop() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + ".role.RoleStarter")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(StartupEvent.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ShutdownEvent.class)
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("io.quarkus.scheduler.Scheduled")
                .check(PRODUCT);
    }

    @Test
    void constructorsTakeFiveThingsAtMost() {
        constructors()
                .that(new DescribedPredicate<JavaConstructor>("are not a record's or an enum's") {
                    @Override
                    public boolean test(JavaConstructor constructor) {
                        return !constructor.getOwner().isRecord()
                                && !constructor.getOwner().isEnum();
                    }
                })
                .should(new ArchCondition<>("take at most 5 parameters") {
                    @Override
                    public void check(JavaConstructor constructor, ConditionEvents events) {
                        int count = constructor.getRawParameterTypes().size();
                        events.add(new SimpleConditionEvent(constructor, count <= 5, constructor.getFullName()));
                    }
                })
                .check(PRODUCT);
    }
}
