package main

import (
	"github.com/hashicorp/hcl/v2/ext/tryfunc"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// functions are those of the original's library that Terraform offers as they are, under
// Terraform's names. Terraform has its own replace (which also takes regular expressions), but what
// the generator writes is the same for both. Its coalesce and index are others altogether.
func functions() map[string]function.Function {
	return map[string]function.Function{
		"abs":             stdlib.AbsoluteFunc,
		"can":             tryfunc.CanFunc,
		"ceil":            stdlib.CeilFunc,
		"chomp":           stdlib.ChompFunc,
		"chunklist":       stdlib.ChunklistFunc,
		"coalescelist":    stdlib.CoalesceListFunc,
		"compact":         stdlib.CompactFunc,
		"concat":          stdlib.ConcatFunc,
		"contains":        containsFunc,
		"csvdecode":       stdlib.CSVDecodeFunc,
		"distinct":        stdlib.DistinctFunc,
		"element":         stdlib.ElementFunc,
		"flatten":         stdlib.FlattenFunc,
		"floor":           stdlib.FloorFunc,
		"format":          stdlib.FormatFunc,
		"formatlist":      stdlib.FormatListFunc,
		"indent":          stdlib.IndentFunc,
		"join":            stdlib.JoinFunc,
		"jsondecode":      stdlib.JSONDecodeFunc,
		"jsonencode":      stdlib.JSONEncodeFunc,
		"keys":            stdlib.KeysFunc,
		"length":          lengthFunc,
		"log":             stdlib.LogFunc,
		"lookup":          lookupFunc,
		"lower":           stdlib.LowerFunc,
		"max":             stdlib.MaxFunc,
		"merge":           stdlib.MergeFunc,
		"min":             stdlib.MinFunc,
		"parseint":        stdlib.ParseIntFunc,
		"pow":             stdlib.PowFunc,
		"range":           stdlib.RangeFunc,
		"regex":           stdlib.RegexFunc,
		"regexall":        stdlib.RegexAllFunc,
		"replace":         stdlib.ReplaceFunc,
		"reverse":         stdlib.ReverseListFunc,
		"setintersection": stdlib.SetIntersectionFunc,
		"setproduct":      stdlib.SetProductFunc,
		"setsubtract":     stdlib.SetSubtractFunc,
		"setunion":        stdlib.SetUnionFunc,
		"signum":          stdlib.SignumFunc,
		"slice":           stdlib.SliceFunc,
		"sort":            stdlib.SortFunc,
		"split":           stdlib.SplitFunc,
		"strrev":          stdlib.ReverseFunc,
		"substr":          stdlib.SubstrFunc,
		"title":           stdlib.TitleFunc,
		"tobool":          stdlib.MakeToFunc(cty.Bool),
		"tolist":          stdlib.MakeToFunc(cty.List(cty.DynamicPseudoType)),
		"tomap":           stdlib.MakeToFunc(cty.Map(cty.DynamicPseudoType)),
		"tonumber":        stdlib.MakeToFunc(cty.Number),
		"toset":           stdlib.MakeToFunc(cty.Set(cty.DynamicPseudoType)),
		"tostring":        stdlib.MakeToFunc(cty.String),
		"trim":            stdlib.TrimFunc,
		"trimprefix":      stdlib.TrimPrefixFunc,
		"trimspace":       stdlib.TrimSpaceFunc,
		"trimsuffix":      stdlib.TrimSuffixFunc,
		"try":             tryfunc.TryFunc,
		"upper":           stdlib.UpperFunc,
		"values":          stdlib.ValuesFunc,
		"zipmap":          stdlib.ZipmapFunc,
	}
}

// containsFunc is contains as it is from go-cty 1.18.1 on, which finds a null as well.
var containsFunc = function.New(&function.Spec{
	Params: []function.Parameter{
		{Name: "list", Type: cty.DynamicPseudoType},
		{Name: "value", Type: cty.DynamicPseudoType, AllowNull: true, AllowDynamicType: true},
	},
	Type: function.StaticReturnType(cty.Bool),
	Impl: func(arguments []cty.Value, _ cty.Type) (cty.Value, error) {
		list, value := arguments[0], arguments[1]
		if !value.IsNull() {
			return stdlib.Contains(list, value)
		}
		if _, err := stdlib.Contains(list, cty.True); err != nil {
			return cty.NilVal, err
		}
		for each := list.ElementIterator(); each.Next(); {
			if _, element := each.Element(); element.IsNull() {
				return cty.True, nil
			}
		}
		return cty.False, nil
	},
})

// lengthFunc is Terraform's length, which also counts the characters of a string and the attributes
// of an object.
var lengthFunc = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "value", Type: cty.DynamicPseudoType}},
	Type:   function.StaticReturnType(cty.Number),
	Impl: func(arguments []cty.Value, _ cty.Type) (cty.Value, error) {
		switch value := arguments[0]; {
		case value.Type() == cty.String:
			return stdlib.Strlen(value)
		case value.Type().IsObjectType():
			return cty.NumberIntVal(int64(len(value.Type().AttributeTypes()))), nil
		default:
			return stdlib.Length(value)
		}
	},
})

// lookupFunc is Terraform's lookup, whose default may be null. (It may also be left out, but not
// here.)
var lookupFunc = function.New(&function.Spec{
	Params: []function.Parameter{
		{Name: "inputMap", Type: cty.DynamicPseudoType},
		{Name: "key", Type: cty.String},
		{Name: "default", Type: cty.DynamicPseudoType, AllowNull: true},
	},
	Type: func(arguments []cty.Value) (cty.Type, error) {
		if !arguments[2].IsNull() {
			return stdlib.LookupFunc.ReturnTypeForValues(arguments)
		}
		switch of := arguments[0].Type(); {
		case of.IsMapType():
			return of.ElementType(), nil
		case of.IsObjectType() && arguments[1].IsKnown() && of.HasAttribute(arguments[1].AsString()):
			return of.AttributeType(arguments[1].AsString()), nil
		case of.IsObjectType():
			return cty.DynamicPseudoType, nil
		default:
			return stdlib.LookupFunc.ReturnTypeForValues(arguments)
		}
	},
	Impl: func(arguments []cty.Value, result cty.Type) (cty.Value, error) {
		if !arguments[2].IsNull() {
			return stdlib.LookupFunc.Call(arguments)
		}
		key := arguments[1].AsString()
		switch of := arguments[0]; {
		case of.Type().IsObjectType() && of.Type().HasAttribute(key):
			return of.GetAttr(key), nil
		case of.Type().IsMapType() && of.HasIndex(arguments[1]).True():
			return of.Index(arguments[1]), nil
		default:
			return cty.NullVal(result), nil
		}
	},
})
