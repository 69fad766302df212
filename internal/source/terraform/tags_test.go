package terraform_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/source/files"
	"github.com/ecsentry/ecsentry/internal/source/terraform"
)

// The tags of a resource are its own, and those that its provider adds by
// default: each key where it is known.
func TestTagsOfModules(t *testing.T) {
	const archive = `
-- main.tf --
variable "open" {}
locals { team = "payments" }
provider "aws" {
  region = "eu-west-1"
  default_tags {
    tags = { team = local.team, stage = var.open, tier = "1" }
  }
}
provider "aws" {
  alias = "dr"
  default_tags {
    tags = { team = "recovery" }
  }
}
provider "aws" {
  alias  = "bare"
  region = "eu-west-2"
}
resource "aws_ecs_cluster" "default" { name = "a" }
resource "aws_ecs_cluster" "own" {
  name = "b"
  tags = { team = "web", stage = "prod" }
}
resource "aws_ecs_cluster" "alias" {
  provider = aws.dr
  name     = "c"
}
resource "aws_ecs_cluster" "bare" {
  provider = aws.bare
  name     = "d"
}
resource "aws_ecs_cluster" "unknown" {
  provider = aws.elsewhere
  name     = "e"
}
resource "aws_ecs_cluster" "merged" {
  name = "f"
  tags = merge(var.open, { tier = "2" })
}
resource "aws_ecs_cluster" "null" {
  name = "g"
  tags = null
}
module "child" { source = "./child" }
module "other" {
  source    = "./child"
  providers = { aws = aws.dr }
}
-- dr_override.tf --
provider "aws" {
  alias = "dr"
  default_tags {
    tags = { team = "disaster" }
  }
}
-- child/main.tf --
resource "aws_ecs_cluster" "inner" { name = "h" }
`
	dir := t.TempDir()
	for _, f := range txtar.Parse([]byte(archive)).Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	format := terraform.New(terraform.Variables{})
	format.Tags = []string{"team", "stage", "tier"}
	source, err := files.New(files.Options{Paths: []string{dir}, Formats: []files.Format{format}})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]map[string]string{}
	if _, err := source.Collect(context.Background(), func(r *ecsentry.Resource) error {
		got[r.ID] = r.Tags
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	want := map[string]map[string]string{
		"aws_ecs_cluster.default":            {"team": "payments", "tier": "1"},
		"aws_ecs_cluster.own":                {"team": "web", "stage": "prod", "tier": "1"},
		"aws_ecs_cluster.alias":              {"team": "disaster"},
		"aws_ecs_cluster.bare":               nil,
		"aws_ecs_cluster.unknown":            nil,
		"aws_ecs_cluster.merged":             {"tier": "2"}, // the rest may be in var.open
		"aws_ecs_cluster.null":               {"team": "payments", "tier": "1"},
		"module.child.aws_ecs_cluster.inner": {"team": "payments", "tier": "1"},
		"module.other.aws_ecs_cluster.inner": nil,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}
