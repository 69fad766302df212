// Package ecs holds Amazon ECS resources as the controls need them: typed
// structs whose leaves are known, absent or unknown, the one decoder that makes
// them of a source's nodes, and facts about them that are not policy.
//
// Environment values are not decoded: there is no field that could hold one.
package ecs
