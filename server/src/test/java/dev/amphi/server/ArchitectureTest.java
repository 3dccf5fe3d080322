package dev.amphi.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the modules, seen from the only place where they meet. */
@AnalyzeClasses(packages = "dev.amphi", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule interactiveKnowsNoOtherModule =
      knowsNone("interactive", "composer", "packager", "cluster", "server");

  @ArchTest
  static final ArchRule composerKnowsNoOtherModule =
      knowsNone("composer", "interactive", "packager", "cluster", "server");

  @ArchTest
  static final ArchRule packagerKnowsNoOtherModule =
      knowsNone("packager", "interactive", "composer", "cluster", "server");

  @ArchTest
  static final ArchRule clusterKnowsNoOtherModule =
      knowsNone("cluster", "interactive", "composer", "packager", "server");

  /** Native code and untrusted bytes stay out of the node's process; so does their vocabulary. */
  @ArchTest
  static final ArchRule theServerLeavesMediaAndCryptographyToTheModules =
      noClasses()
          .that()
          .resideInAPackage("dev.amphi.server..")
          .and()
          .resideOutsideOfPackage("dev.amphi.server.load..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.bytedeco..", "org.ice4j..", "org.bouncycastle..", "org.jitsi..");

  @ArchTest
  static final ArchRule hazelcastIsTheClustersOwn =
      noClasses()
          .that()
          .resideInAPackage("dev.amphi.server..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.hazelcast..");

  @ArchTest
  static final ArchRule tokensAndConfigurationKnowNoNetwork =
      noClasses()
          .that()
          .resideInAnyPackage("dev.amphi.server.token..", "dev.amphi.server.config..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "dev.amphi.server.web..", "dev.amphi.server.node..");

  @ArchTest
  static final ArchRule theClassKnowsNoHttp =
      noClasses()
          .that()
          .resideInAPackage("dev.amphi.server.room..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.vertx..",
              "dev.amphi.server.web..",
              "dev.amphi.server.adapter..",
              "dev.amphi.server.node..");

  private static ArchRule knowsNone(String module, String... others) {
    String[] packages = new String[others.length];
    for (int i = 0; i < others.length; i++) {
      packages[i] = "dev.amphi." + others[i] + "..";
    }
    return noClasses()
        .that()
        .resideInAPackage("dev.amphi." + module + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages);
  }
}
