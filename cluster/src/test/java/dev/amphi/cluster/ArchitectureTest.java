package dev.amphi.cluster;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of this module; ArchUnit fails a rule that saw no classes. */
@AnalyzeClasses(
    packages = "dev.amphi.cluster",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule ONLY_ONE_PACKAGE_KNOWS_HAZELCAST =
      noClasses()
          .that()
          .resideOutsideOfPackage("..cluster.hazelcast..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.hazelcast..");

  @ArchTest
  static final ArchRule VALUES_AND_RULES_KNOW_NO_IMPLEMENTATION =
      noClasses()
          .that()
          .resideInAnyPackage("..cluster.room..", "..cluster.node..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..cluster.memory..", "..cluster.hazelcast..", "java.net..", "java.io..");

  @ArchTest
  static final ArchRule MODULES_DO_NOT_KNOW_EACH_OTHER =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.amphi.interactive..",
              "dev.amphi.composer..",
              "dev.amphi.packager..",
              "dev.amphi.server..");
}
