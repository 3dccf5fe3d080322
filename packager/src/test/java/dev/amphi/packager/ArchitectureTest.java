package dev.amphi.packager;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows: I/O → logic → values, each third party in one package. */
@AnalyzeClasses(
    packages = "dev.amphi.packager",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String[] LOGIC = {
    "dev.amphi.packager.mp4..",
    "dev.amphi.packager.playlist..",
    "dev.amphi.packager.segment..",
    "dev.amphi.packager.origin..",
    "dev.amphi.packager.captions..",
    "dev.amphi.packager.dash..",
    "dev.amphi.packager.push..",
    "dev.amphi.packager.webm.."
  };

  @ArchTest
  static final ArchRule logicKnowsNoInputOrOutput =
      noClasses()
          .that()
          .resideInAnyPackage(LOGIC)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.vertx..", "io.netty..", "java.net..", "java.nio.file..", "java.io..")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(java.time.Clock.class, Thread.class);

  @ArchTest
  static final ArchRule vertxLivesInWeb =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.amphi.packager.web..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "io.netty..");

  @ArchTest
  static final ArchRule otherModulesAreNotKnown =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.amphi.packager..",
              "java..",
              "javax..",
              "io.vertx..",
              "io.netty..",
              "software.amazon.awssdk..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule theSdkLivesInS3 =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.amphi.packager.s3..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("software.amazon.awssdk..", "dev.amphi.packager.s3..");

  @ArchTest
  static final ArchRule theVaultKnowsFoldersOnly =
      classes()
          .that()
          .resideInAPackage("dev.amphi.packager.vault..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.amphi.packager.vault..", "dev.amphi.packager.mp4..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule arrowsGoOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("dev.amphi.packager..")
          .layer("mp4")
          .definedBy("..packager.mp4")
          .layer("playlist")
          .definedBy("..packager.playlist")
          .layer("segment")
          .definedBy("..packager.segment")
          .layer("origin")
          .definedBy("..packager.origin")
          .layer("node")
          .definedBy("..packager.node")
          .layer("dash")
          .definedBy("..packager.dash")
          .layer("web")
          .definedBy("..packager.web")
          .whereLayer("web")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("node")
          .mayOnlyBeAccessedByLayers("web")
          .whereLayer("origin")
          .mayOnlyBeAccessedByLayers("node", "dash", "web")
          .whereLayer("playlist")
          .mayOnlyBeAccessedByLayers("origin", "web");
}
